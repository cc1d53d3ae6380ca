import type { Metadata } from 'next';
import { PageHeading } from '@/components/ui/page-heading';
import { describeError, ERROR_CODES } from '@/lib/errors';

export const metadata: Metadata = { title: 'Errors', description: 'Every code that an answer may carry, its status and what it means.' };

export default function ErrorsPage() {
  return (
    <>
      <PageHeading title="Errors">
        An answer that is none is a problem (RFC 9457): read its code. It has a Retry-After where waiting helps. OpenAI’s libraries find the same
        under error.
      </PageHeading>
      <table className="w-full max-w-[52rem] text-sm">
        <caption className="sr-only">Codes, their HTTP status, and what they mean</caption>
        <thead>
          <tr className="border-b border-rule-strong text-left text-xs text-ink-faint">
            <th scope="col" className="py-2 pr-4 font-normal">
              Code
            </th>
            <th scope="col" className="py-2 pr-4 font-normal">
              Status
            </th>
            <th scope="col" className="py-2 font-normal">
              What it means
            </th>
          </tr>
        </thead>
        <tbody>
          {ERROR_CODES.map((code) => {
            const { status, message } = describeError(code);
            return (
              <tr key={code} id={code} className="border-b border-rule align-baseline target:bg-copper-wash">
                <td className="py-2 pr-4 font-mono text-xs break-all">{code}</td>
                <td className="py-2 pr-4 tabular-nums">{status}</td>
                <td className="py-2 text-ink-soft">{message}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}
