import fc from "fast-check";
import { checkCharacter, parseCreditCode, toCreditCode } from "../../schema/credit-code";

const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const bodies = fc
  .array(fc.constantFrom(...alphabet), { minLength: 17, maxLength: 17 })
  .map((body) => body.join(""));

test("every body of 17 characters has exactly one check character", () => {
  fc.assert(
    fc.property(bodies, (body) => {
      const valid = [...alphabet].filter((character) => "code" in parseCreditCode(body + character));
      expect(valid).toEqual([checkCharacter(body)]);
    }),
  );
});

test("one code in 31 ends in 0, and is valid", () => {
  expect(toCreditCode("91330206FAKE002750")).toBe("91330206FAKE002750");
  expect(toCreditCode("91330206FAKE000138")).toBe("91330206FAKE000138");
});

test("full-width and lower-case writing is the same code", () => {
  expect(toCreditCode("９１330206fake000138")).toBe("91330206FAKE000138");
});

test.each([
  ["91330206FAKE002751", "check character (18) should be 0"],
  ["91330206FAKE00013", "18 characters, this one has 17"],
  ["91330206FAKI000138", "character 12"],
  [" 91330206FAKE00013", "character 1 "],
])("%s is refused with the reason", (text, reason) => {
  expect(() => toCreditCode(text)).toThrow(reason);
});

test("a swap of two neighbouring characters is found", () => {
  expect(() => toCreditCode("93130206FAKE000138")).toThrow("check character");
});
