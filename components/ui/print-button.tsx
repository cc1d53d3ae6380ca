'use client';
import { Printer } from 'lucide-react';
import { Button } from './button';

/** Prints the page; from there it can be kept as a PDF. */
export function PrintButton({ children }: { children: string }) {
  return (
    <Button variant="outline" className="print:hidden" icon={<Printer className="size-4" aria-hidden="true" />} onClick={() => window.print()}>
      {children}
    </Button>
  );
}
