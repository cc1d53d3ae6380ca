'use client';
import { Button } from './button';
import { Icon } from './icon';

/** Prints the page; from there it can be kept as a PDF. */
export function PrintButton({ children }: { children: string }) {
  return (
    <Button variant="outline" className="print:hidden" icon={<Icon name="printer" className="size-4" />} onClick={() => window.print()}>
      {children}
    </Button>
  );
}
