/** A stream of events is cut at its line feeds, and nowhere else. */
import { splitEvents } from "../../../gateway/transport/server-sent-events";

test("an event keeps every character of its text, those that end lines elsewhere too", async () => {
  const data = JSON.stringify({ name: "a\u2028b\u2029c\u0085d\u000be" });
  const chunks = (async function* () {
    yield `event: next\ndata: ${data}\n\n`;
  })();
  const events = [];
  for await (const event of splitEvents(chunks)) events.push(event);
  expect(events).toEqual([{ name: "next", data }]);
});
