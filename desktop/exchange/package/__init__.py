"""Packages: how records exchange by file (`contract/package.md`); bytes and values, no database.

**Sending** (the application, in this order):

1. release what is to be sent, so that every row has a `Version`;
2. `base = versions.base_for(newest receipt of the partner)`; from the store every released row with
   `versions.above(version, base)`, values by whole form, and of a row with an open conflict all its versions, each as a
   `rows.Row`; nothing above the base -> `nothing_to_send`;
3. `container.write_package(manifest, tables, ...)` with the next number of the stream and `previous` the hash of the
   last manifest; it fills in `files` and gives bytes, hash and the manifest as signed;
4. `stick.write_safely(folder, names.package_name(...), data)`; only then note the package as sent.

**Taking**: `container.read_file(path)`, then `container.open_package(data, trust)` goes through the reading order of
the contract and raises `Refused` or gives `Opened`; nothing has changed so far. Then in one transaction and one
change: for each table of `tables.TABLES`, for each row of `opened.rows(table)` (rows of one key stand together),
resolve the unit, `versions.judge`, and write what it says; rows that cannot be placed go to the desk;
`seen := versions.merged(...)`; COMMIT; then the receipt: `manifest.Receipt` in a manifest of kind `receipt`, through
the same `write_package`.
`Refused` with `signature == "ok"` is answered with a receipt too.

What the store must supply: `container.Trust` (our ids and keys, the partners' keys, what was seen and taken), rows as
`rows.Row`, and `nodes` (node -> office and life) for `versions.rank_for`; they travel in every manifest.
"""
