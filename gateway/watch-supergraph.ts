/** Reloads the supergraph when its file changes or the process gets SIGHUP. */
import { watch, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import type { RunningGateway } from "./start-gateway";

/** A file is often written in several steps; what is there when nothing has changed for this long is read. */
const SETTLE_MS = 200;

/**
 * Watches until closed. A supergraph that is refused is logged, and the old one goes on. The folder is watched, not the
 * file, because a file that is replaced by renaming is another file.
 */
export function watchSupergraph(
  file: string,
  { reload, log }: Pick<RunningGateway, "reload" | "log">,
): { close(): void } {
  let loaded = readFileSync(file, "utf8");
  let timer: NodeJS.Timeout | undefined;
  const read = () => {
    try {
      const sdl = readFileSync(file, "utf8");
      if (sdl === loaded) return;
      reload(sdl);
      loaded = sdl;
      log.info("the supergraph was reloaded");
    } catch (error) {
      log.error({ err: error }, "the new supergraph is refused; the old one goes on");
    }
  };
  const watcher = watch(dirname(file), (_event, name) => {
    if (name !== null && name !== basename(file)) return;
    clearTimeout(timer);
    timer = setTimeout(read, SETTLE_MS);
  });
  process.on("SIGHUP", read);
  return {
    close() {
      clearTimeout(timer);
      watcher.close();
      process.off("SIGHUP", read);
    },
  };
}
