// Unpacks the browser that came as a package, beside the libraries and fonts that it needs.

import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";

const here = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
const packed = join(here, "node_modules", "@sparticuz", "chromium", "bin");
const unpacked = join(here, ".local");

const unpack = (name) => brotliDecompressSync(readFileSync(join(packed, `${name}.br`)));

rmSync(unpacked, { recursive: true, force: true });
mkdirSync(unpacked, { recursive: true });
for (const archive of ["al2023.tar", "swiftshader.tar", "fonts.tar"]) {
  execFileSync("tar", ["--extract", "--directory", unpacked], { input: unpack(archive) });
}
const program = join(unpacked, "chromium");
writeFileSync(program, unpack("chromium"));
chmodSync(program, 0o755);
