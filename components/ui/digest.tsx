import { clsx } from 'clsx';
import { shortHex } from '../format';
import { CopyButton } from './copy-button';

type DigestProps = {
  value: string;
  /** What it is, for the copy button's name: 'content digest'. */
  label: string;
  /** Characters kept at each end; 0 shows all of it, wrapped. */
  keep?: number;
  className?: string;
};

/** A hash or address in mono, shortened in the middle, whole when copied or hovered. */
export function Digest({ value, label, keep = 6, className }: DigestProps) {
  return (
    <span className={clsx('inline-flex max-w-full items-center gap-1 font-mono text-xs', className)}>
      <span title={value} className={keep === 0 ? 'break-all' : 'whitespace-nowrap'}>
        {keep === 0 ? value : shortHex(value, keep)}
      </span>
      <CopyButton text={value} label={label} inline />
    </span>
  );
}
