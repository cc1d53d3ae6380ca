/** An answer that is an error, in the shape of the API's. `keep` false: found before the work began, so an idempotency key does not remember it. */
export class Fault extends Error {
  constructor(
    readonly status: number,
    readonly body: { type: string; message: string; code?: string; param?: string },
    readonly keep = true,
  ) {
    super(body.message);
    this.name = 'Fault';
  }
}

export const invalid = (message: string, more: { code?: string; param?: string } = {}) =>
  new Fault(400, { type: 'invalid_request_error', message, ...more });

export const missing = (kind: string, id: string, param = 'id') =>
  new Fault(404, { type: 'invalid_request_error', code: 'resource_missing', message: `No such ${kind}: '${id}'`, param });
