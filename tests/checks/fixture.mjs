// A checkout of a few invented files in a temporary folder, and a tool run over it.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const tools = resolve(dirname(fileURLToPath(import.meta.url)), "../../tools");

/// Runs `use(folder)` with files written below the folder: { path: text }. A path that ends with
/// "!" is written without the mark, as a program.
export function withFiles(files, use) {
  const folder = mkdtempSync(join(tmpdir(), "hustings-check-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      const path = join(folder, name.replace(/!$/, ""));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      if (name.endsWith("!")) chmodSync(path, 0o755);
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/// Runs a tool; returns { status, out } with both streams in out.
export function run(tool, args, options = {}) {
  const path = join(tools, tool);
  const command = tool.endsWith(".mjs") ? [process.execPath, path] : ["/bin/bash", path];
  const result = spawnSync(command[0], [...command.slice(1), ...args], {
    encoding: "utf8",
    input: "",
    ...options,
  });
  return { status: result.status, out: `${result.stdout}${result.stderr}` };
}

/// Runs a tool that takes --root over the files.
export function runOver(tool, files, args = []) {
  return withFiles(files, (folder) =>
    run(tool, ["--root", folder, ...args.map((one) => one.replace("FOLDER", folder))]),
  );
}
