'use client';
import { useState } from 'react';
import { Button } from '@/components/ui/button';

type Props = { label: string; sure: string; pending: boolean; onConfirm(): void };

/** A button for what cannot be taken back: pressed once it says what it would do, pressed again it does it. */
export function ConfirmButton({ label, sure, pending, onConfirm }: Props) {
  const [isSure, setIsSure] = useState(false);
  const confirm = () => {
    setIsSure(false);
    onConfirm();
  };
  return (
    <>
      <Button size="small" variant="outline" loading={pending} onClick={isSure ? confirm : () => setIsSure(true)}>
        {isSure ? sure : label}
      </Button>
      {isSure && (
        <Button size="small" variant="quiet" onClick={() => setIsSure(false)}>
          Leave it
        </Button>
      )}
    </>
  );
}
