/** The engine in use, and its replacement without a failed request. */
import type { Engine } from "./engine/engine";

/** Stands where an engine stands; `replace` puts another one behind it. */
export interface EngineSlot extends Pick<
  Engine,
  "prepare" | "execute" | "subscribe" | "countOperations" | "close"
> {
  /** New requests go to the next engine at once; the old one is closed when its last request has been answered. */
  replace(next: Engine): void;
}

interface Tenant {
  readonly engine: Engine;
  requests: number;
  isRetired: boolean;
}

/** Puts the first engine in place. */
export function createEngineSlot(first: Engine): EngineSlot {
  let tenant: Tenant = { engine: first, requests: 0, isRetired: false };
  return {
    prepare: (request) => tenant.engine.prepare(request),
    async execute(request, context) {
      const used = tenant;
      used.requests++;
      try {
        return await used.engine.execute(request, context);
      } finally {
        leave(used);
      }
    },
    async *subscribe(request, context) {
      const used = tenant;
      used.requests++;
      try {
        yield* used.engine.subscribe(request, context);
      } finally {
        leave(used);
      }
    },
    replace(next) {
      const old = tenant;
      tenant = { engine: next, requests: 0, isRetired: false };
      old.isRetired = true;
      if (old.requests === 0) void old.engine.close();
    },
    countOperations: () => tenant.engine.countOperations(),
    close: () => tenant.engine.close(),
  };
}

function leave(tenant: Tenant): void {
  tenant.requests--;
  if (tenant.isRetired && tenant.requests === 0) void tenant.engine.close();
}
