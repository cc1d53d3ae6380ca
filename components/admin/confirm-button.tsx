'use client';
import { type ReactNode, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';

type Props = { label: ReactNode; sure: ReactNode; pending: boolean; onConfirm(): void };

/** A button for what cannot be taken back: pressed once it says what it would do, pressed again it does it. */
export function ConfirmButton({ label, sure, pending, onConfirm }: Props) {
  const [isSure, setIsSure] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  const confirm = () => {
    setIsSure(false);
    onConfirm();
  };
  const leave = () => {
    setIsSure(false);
    first.current?.focus();
  };
  return (
    <>
      <Button ref={first} size="small" variant={isSure ? 'danger' : 'outline'} loading={pending} onClick={isSure ? confirm : () => setIsSure(true)}>
        {isSure ? sure : label}
      </Button>
      {isSure && (
        <Button size="small" variant="quiet" onClick={leave}>
          Leave it
        </Button>
      )}
    </>
  );
}
