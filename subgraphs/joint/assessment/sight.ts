/**
 * What packs can see of the evidence: the fact types and fields that they name, and whatever lists and procedures live on.
 * Enterprises that look the same have the same consequences and are judged once, but for what names their own facts.
 */
import { FACT_DEPARTMENTS, findFactType, type FactDepartment } from "../../../schema/fact-catalogue";
import type { DepartmentEvidence, Evidence, EvidenceFact } from "../evidence/evidence";
import type { Pack } from "../policy/pack/pack";
import type { IndicatorSpec } from "../policy/pack/scheme-file";

/** Evidence reduced to what packs can see. Equal `text` means equal consequences, in which only the facts named are others. */
export interface Seen {
  /** Made when it is asked for: what has been seen before needs its text only. */
  readonly evidence: Evidence;
  readonly text: string;
}

// Lists and procedures read these whole, whatever the pack names of them.
const READ_WHOLE = ["ListEntry", "ProcedureStep"];
// "The latest" of what is determined once a year goes by these, where there is no day.
const PERIOD_FIELDS = ["year", "half"];

type FieldsByType = ReadonlyMap<string, ReadonlySet<string>>;

function fieldsNamedBy({ where, days, by, field, endedBy }: IndicatorSpec): readonly string[] {
  const inDays = days.flatMap((one) => [one.field, one.than]);
  const named = [...Object.keys(where), ...inDays, by, field, ...endedBy];
  return named.filter((name) => name !== undefined);
}

function fieldsSeenBy(packs: readonly Pack[]): FieldsByType {
  const seen = new Map<string, Set<string>>();
  const look = (typeName: string, names: readonly string[]): void => {
    const fields = seen.get(typeName) ?? new Set(PERIOD_FIELDS);
    const own = findFactType(typeName)?.happenedOn;
    for (const name of own === undefined ? names : [own, ...names]) fields.add(name);
    seen.set(typeName, fields);
  };
  for (const name of READ_WHOLE)
    look(
      name,
      findFactType(name)!.fields.map((field) => field.name),
    );
  for (const { file } of packs)
    for (const indicator of Object.values(file.indicators)) look(indicator.facts, fieldsNamedBy(indicator));
  return seen;
}

/** Looks at evidence as packs do. */
export type Sight = (evidence: Evidence) => Seen;

/** A fact and its place among all that are seen. */
interface Placed {
  readonly fact: EvidenceFact;
  readonly place: number;
}

type Visible = Readonly<Record<FactDepartment, readonly Placed[] | "UNKNOWN">>;

/** The sight of these packs. Facts keep their order; their ids become their places in it. */
export function createSight(packs: readonly Pack[]): Sight {
  const fieldsByType = fieldsSeenBy(packs);

  function findVisible(evidence: Evidence): Visible {
    const visible = (told: DepartmentEvidence): readonly EvidenceFact[] =>
      told.status === "KNOWN" ? told.facts.filter(({ type }) => fieldsByType.has(type)) : [];
    // Ids grow with time: of two facts of one day the later one counts, whichever department recorded it.
    const ids = FACT_DEPARTMENTS.flatMap((department) => visible(evidence[department]).map(({ id }) => id));
    const places = new Map(ids.sort().map((id, place) => [id, place]));
    const found = {} as Record<FactDepartment, readonly Placed[] | "UNKNOWN">;
    for (const department of FACT_DEPARTMENTS) {
      const told = evidence[department];
      found[department] =
        told.status === "UNKNOWN"
          ? told.status
          : visible(told).map((fact) => ({ fact, place: places.get(fact.id)! }));
    }
    return found;
  }

  // What is seen of a fact, flat: a value is preceded by its name, because fields may be absent.
  function tell({ fact, place }: Placed): readonly unknown[] {
    const { type, status, occurredOn, validFrom, validUntil, documentNumber, values } = fact;
    const fields = fieldsByType.get(type)!;
    const told: unknown[] = [place, type, status, occurredOn, validFrom, validUntil];
    if (fields.has("documentNumber")) told.push(documentNumber);
    for (const name in values) if (fields.has(name)) told.push(name, values[name]);
    return told;
  }

  function reduce({ fact, place }: Placed): EvidenceFact {
    const fields = fieldsByType.get(fact.type)!;
    const values = Object.fromEntries(Object.entries(fact.values).filter(([name]) => fields.has(name)));
    const documentNumber = fields.has("documentNumber") ? fact.documentNumber : null;
    return { ...fact, id: String(place).padStart(6, "0"), documentNumber, values };
  }

  function reduceAll(visible: Visible): Evidence {
    const reduced = {} as Record<FactDepartment, DepartmentEvidence>;
    for (const department of FACT_DEPARTMENTS) {
      const facts = visible[department];
      reduced[department] =
        facts === "UNKNOWN"
          ? { status: facts, why: "silent" }
          : { status: "KNOWN", facts: facts.map(reduce) };
    }
    return reduced;
  }

  return (evidence) => {
    const visible = findVisible(evidence);
    const told = FACT_DEPARTMENTS.map((department) => {
      const facts = visible[department];
      return facts === "UNKNOWN" ? facts : facts.map(tell);
    });
    return {
      text: JSON.stringify(told),
      get evidence() {
        return reduceAll(visible);
      },
    };
  };
}
