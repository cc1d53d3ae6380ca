'use client';
import { useEffect, useId, useRef, useSyncExternalStore } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { TEST_WALLET_NAME } from './identity';
import { firstRequest, onRequests, type WalletRequest } from './requests';

const titles: Record<WalletRequest['kind'], string> = { message: 'Sign this message?', transaction: 'Send this transaction?' };

/** The test wallet's window: what is asked, by which site, Approve or Reject. Escape rejects. */
export function RequestDialog() {
  const open = useSyncExternalStore(onRequests, firstRequest, () => null);
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (open && dialog && !dialog.open) dialog.showModal();
    if (!open && dialog?.open) dialog.close();
  }, [open]);

  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      data-test-wallet={open?.request.kind}
      onCancel={(event) => {
        event.preventDefault();
        open?.answer(false);
      }}
      className="m-auto w-[min(28rem,calc(100vw-2rem))] border border-rule-strong bg-sheet p-6 text-ink shadow-lift backdrop:bg-black/50 md:mt-8 md:mr-8"
    >
      {open && (
        <div className="grid gap-4">
          <Badge tone="copper">{TEST_WALLET_NAME}</Badge>
          <h2 id={titleId} className="font-display text-xl">
            {titles[open.request.kind]}
          </h2>
          <RequestDetails request={open.request} />
          <div className="flex justify-end gap-3">
            <Button variant="outline" onClick={() => open.answer(false)}>
              Reject
            </Button>
            <Button onClick={() => open.answer(true)}>Approve</Button>
          </div>
        </div>
      )}
    </dialog>
  );
}

function RequestDetails({ request }: { request: WalletRequest }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 text-xs [&_dd]:min-w-0 [&_dd]:font-mono [&_dd]:break-all [&_dt]:text-ink-faint">
      <dt>Site</dt>
      <dd>{window.location.host}</dd>
      <dt>Account</dt>
      <dd>{request.account}</dd>
      {request.kind === 'message' ? (
        <>
          <dt>Message</dt>
          <dd>
            <LongText label="Message" text={request.text} rows={10} />
          </dd>
        </>
      ) : (
        <>
          <dt>To</dt>
          <dd>{request.to ?? 'a new contract'}</dd>
          <dt>Amount</dt>
          <dd>{request.amount}</dd>
          <dt>Network fee</dt>
          <dd>{request.fee}</dd>
          <dt>Data</dt>
          <dd>
            <LongText label="Data" text={request.data} rows={3} />
          </dd>
        </>
      )}
    </dl>
  );
}

/** Scrolls with the keyboard too, which a plain block of text does not everywhere. */
function LongText({ label, text, rows }: { label: string; text: string; rows: number }) {
  return <textarea readOnly aria-label={label} value={text} rows={rows} className="block w-full resize-none bg-well p-2 font-mono" />;
}
