// Unpacks the browser that came as a package, with the libraries and fonts that it needs.

import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const packed = join(here, "node_modules", "@sparticuz", "chromium", "bin");
const folder = join(here, ".local");
const unpack = (name) => brotliDecompressSync(readFileSync(join(packed, `${name}.br`)));

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const archive of ["al2023.tar", "swiftshader.tar", "fonts.tar"]) {
  execFileSync("tar", ["--extract", "--no-same-owner", "--directory", folder], {
    input: unpack(archive),
  });
}

// Its name comes last, and so stands for all of it.
const unfinished = join(folder, "unfinished");
writeFileSync(unfinished, unpack("chromium"));
chmodSync(unfinished, 0o755);
renameSync(unfinished, join(folder, "chromium"));
