/* Wine before 10 has no bcryptprimitives.dll, which programs written in Rust ask for random bytes.
   Built by build/steps/wine.py into the trial's own Wine folder; never shipped. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T count)
{
    return SystemFunction036(bytes, (ULONG)count);
}
