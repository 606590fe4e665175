/** Reloads the supergraph when its file or its signature changes, or the process gets SIGHUP. */
import { watch } from "node:fs";
import { basename, dirname } from "node:path";
import type { RunningGateway } from "./start-gateway";
import { readSupergraphFile, signatureFileOf, type SupergraphPlace } from "./supergraph-file";

/** A file is often written in several steps; what is there when nothing has changed for this long is read. */
const SETTLE_MS = 200;

/**
 * Watches until closed. A supergraph that is refused is logged, and the old one goes on. The folder is watched, not the
 * file, because a file that is replaced by renaming is another file.
 */
export function watchSupergraph(
  place: SupergraphPlace,
  { reload, log }: Pick<RunningGateway, "reload" | "log">,
): { close(): void } {
  const file = place.supergraphFile;
  const watched: readonly (string | null)[] = [null, basename(file), basename(signatureFileOf(file))];
  let loaded = readSupergraphFile(place);
  let timer: NodeJS.Timeout | undefined;
  const read = () => {
    try {
      const sdl = readSupergraphFile(place);
      if (sdl === loaded) return;
      reload(sdl);
      loaded = sdl;
      log.info("the supergraph was reloaded");
    } catch (error) {
      log.error({ err: error }, "the new supergraph is refused; the old one goes on");
    }
  };
  const watcher = watch(dirname(file), (_event, name) => {
    if (!watched.includes(name)) return;
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
