import { request } from 'node:http';

/** Milliseconds that the application may take to answer. */
const TIMEOUT = 10_000;

/**
 * Sends JSON to an address by POST. Rejects unless the answer is 200 to 299: with an error whose `code` tells the status, such as
 * `HTTP 503`, or with that of the network. Redirections are not followed.
 */
export function postJson(url: string, body: object, signal: AbortSignal): Promise<void> {
  const content = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        agent: false,
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(content),
        },
      },
      (response) => {
        const { statusCode = 0 } = response;
        response.resume();
        response.on('error', reject);
        response.on('end', () => {
          if (statusCode >= 200 && statusCode < 300) resolve();
          else reject(Object.assign(new Error('refused'), { code: `HTTP ${statusCode}` }));
        });
      },
    );
    sent.on('error', reject);
    sent.end(content);
  });
}
