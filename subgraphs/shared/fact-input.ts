/** The input type of a fact type's mutation: the common fields that a clerk may give, the own ones, and corrections. */
import { Field, ID, InputType } from "type-graphql";
import { DateTimeScalar, LocalDateScalar, CreditCodeScalar } from "../../schema/scalars";
import { Disclosure, FactStatus } from "./fact";
import { type FactClass, factTypeOf, ownFieldsOf } from "./fact-class";

interface InputField {
  readonly name: string;
  readonly type: () => unknown;
  readonly nullable: boolean;
  readonly description: string;
}

const optional = (name: string, type: () => unknown, description: string): InputField => ({
  name,
  type,
  nullable: true,
  description,
});

const commonFields = (documentNumberRequired: boolean): readonly InputField[] => [
  {
    name: "creditCode",
    type: () => CreditCodeScalar,
    nullable: false,
    description: "The enterprise that the fact is about.",
  },
  {
    name: "documentNumber",
    type: () => String,
    nullable: !documentNumberRequired,
    description: "Number of the document that states the fact.",
  },
  optional("authority", () => String, "The body that found or decided it."),
  optional("occurredOn", () => LocalDateScalar, "The day on which it happened."),
  optional("validFrom", () => LocalDateScalar, "The first day on which it holds."),
  optional("validUntil", () => LocalDateScalar, "The first day on which it no longer holds."),
  optional("disclosure", () => Disclosure, "Who may see it; SHARED unless given."),
  optional("status", () => FactStatus, "Whether it counts; ACTIVE unless given."),
];

const correctionFields: readonly InputField[] = [
  optional(
    "correction",
    () => Boolean,
    "True: this corrects the fact of the same type, document number and credit code.",
  ),
  optional("corrects", () => ID, "The version that this corrects; refused when it is no longer the latest."),
  optional(
    "recordedAt",
    () => DateTimeScalar,
    "Only for callers who may migrate history: when it was recorded.",
  ),
];

// A class that several departments share has one input class; type-graphql keeps its classes for the whole process.
const inputClasses = new Map<FactClass, new () => object>();

/** The input class of a fact class, named `<Type>Input`. */
export function inputTypeOf(factClass: FactClass): new () => object {
  const inputClass = inputClasses.get(factClass) ?? createInputType(factClass);
  inputClasses.set(factClass, inputClass);
  return inputClass;
}

function createInputType(factClass: FactClass): new () => object {
  const type = factTypeOf(factClass);
  const name = `${type.name}Input`;
  const inputClass = { [name]: class {} }[name]!;
  const ownFields = ownFieldsOf(factClass).map(({ field, graphType, description }) => ({
    name: field.name,
    type: graphType,
    nullable: !field.required,
    description,
  }));
  for (const field of [...commonFields(type.documentNumberRequired), ...ownFields, ...correctionFields]) {
    const { type: graphType, nullable, description } = field;
    Field(graphType as () => typeof String, { nullable, description })(inputClass.prototype, field.name);
  }
  InputType(name, { description: `What is recorded as ${type.name}.` })(inputClass);
  return inputClass;
}
