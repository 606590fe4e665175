/** Exchanges over plain HTTP, on bare connections. */
import { TransportError } from "../engine/contract";
import { createConnections } from "./connections";
import { unwatch, watch, type Deadline } from "./deadlines";
import { tooLate, type Exchange, type Exchanger, type ExchangerOptions } from "./exchange";

/** Opens one; nothing is connected before the first exchange. */
export function createBareExchanger({ url, ...options }: ExchangerOptions): Exchanger {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const connections = createConnections({ ...options, host, port: Number(url.port || 80) });
  const start = `POST ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\n`;
  return {
    exchange: (sent) =>
      new Promise((resolve, reject) => {
        const data = toData(start, sent);
        const deadline: Deadline = {
          at: sent.deadlineAt,
          signal: sent.signal,
          expire: () => {
            reject(tooLate());
            withdraw();
          },
        };
        watch(deadline);
        const withdraw = connections.send({
          data,
          wantsBytes: sent.wantsBytes,
          onError: (error) => {
            unwatch(deadline);
            reject(error);
          },
          onResponse: ({ body }) => {
            unwatch(deadline);
            resolve(body);
          },
        });
      }),
    close: async () => connections.close(),
  };
}

/** Visible ASCII: anything else in a header could begin another one. */
const HEADER_VALUE = /^[\t\x20-\x7e]*$/;

function toData(start: string, { headers, body }: Exchange): string {
  let head = start;
  for (let index = 0; index < headers.length; index += 2) {
    const value = headers[index + 1]!;
    if (!HEADER_VALUE.test(value))
      throw new TransportError("malformed", `The header ${headers[index]!} is not plain.`);
    head += `${headers[index]!}: ${value}\r\n`;
  }
  return `${head}content-length: ${body.length}\r\n\r\n${body}`;
}
