/** Where the repository lies, for the data files that are read at run time (policies, SDL, migrations' SQL). */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

function findRoot(folder: string): string {
  if (existsSync(join(folder, "package.json")) && existsSync(join(folder, "tsconfig.json"))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`no repository root above ${__dirname}`);
  return findRoot(parent);
}

/** Absolute path of the repository, the same from source and from `dist/`. */
export const repositoryRoot: string = findRoot(__dirname);
