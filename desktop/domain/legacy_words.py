"""Syllables that decide, where spelling cannot, whether a cell was Unicode all along.

Each is attested more than twice as often as what its letters would mean under TCVN3 or VNI, counted in the five
plans and the official unit names this program carries (`resources/`). Used only inside a legacy sheet.
"""

from __future__ import annotations

from typing import Final

SURE_BESIDE_TCVN3: Final = frozenset(
    """
    bái bám bán báng bãi bên bì bí bôi bôm bôn bông bù bùi bú chân chè chéng chì chí chín chùa chùm chú cá cái
    cán cân cò còi còn có côi côn công cùng cú dân dìn dõi dõng ghép giá giám gián giã giôn gìn gò gòi gòn gói
    góp gôi huê há hán háng hân hãn hòa hòn hóa hôn hùng khuê khái khám kháng khâm khê khí khòa khó khóa khôi
    không kè kèm kém kép kê kót kô kôi kôn kông lá lái láng lâm lân lãm lê lên lìn lòa lòng lóng lót lô lôi
    lôm lôn lông lù lùi lùng mái mán máng mâm mân mã mãn mê mìn mí mít mò mòn móng mô môi môn mông mù mùa mùn
    nghèn nghé nghê nghì ngâm ngân ngã ngãi ngòi ngô nhâm nhân nhã nhè nhé nhì nhìn nhóm nhôn nhùn nhùng nuê
    ná nâm nâng nèn né nê nên nòi nòng nóc nô nông nùng nú phá phái phán phân phép phê phì phìn phí phòn phòng
    phó phói phù phùng phú pá pán pì pô pù pú quê quí ráng rã rãi rèn ré rét rì rí ròn róa rô rông rõ suê sán
    sáng sân sê sì sìn sín só sóc sót sô sôi sông sùng thái thám thán tháng thân thèn thêm thì thí thín thíp
    thít thôm thôn thông thù trái tráng trâm trân trãi trên trì trí trò tròn trôi trôm trù trùng trú tá tám
    tâm tân tìm tín típ tòng tôi tôm tôn tông tùng tú ván vân vê vì vóc vôi võ vùng xá xâm xã xé xén xét xím
    xín xóa xóm xôm xùa xú á ái án áng âm ân é ét ê ít ó ô ôn ông
    """.split()
)

SURE_BESIDE_VNI: Final = frozenset(
    """
    bó bôi bôm bôn cò còn có côn doãn giôn gò gòi gòn gói gôi hoàn hoá hòa hòn hóa khoài khoá khoái khoán khòa
    khó khóa khôi kôn lò lòa lôi lôm lôn mò mòn mô môi môn ngoài ngò ngô nhóm nô phòn phó phô ròn róa soát sôi
    thoát thôn toàn toán tròn trôi trôm tó tôm tôn vô vôi xoài xoá xóa xóm xôm ó ô ôn
    """.split()
)
