'use client';
import { clsx } from 'clsx';
import { type ComponentProps, useRef } from 'react';
import type { ParameterProperty } from '@/lib/models/schema';
import { MAX_UPLOAD_SIDE, UPLOAD_TYPES } from '@/lib/uploads/limits';
import { Button, buttonStyle } from '../ui/button';
import { describedBy, Field } from '../ui/field';
import { Img } from '../ui/img';
import { Progress } from '../ui/progress';
import { DropZone } from './drop-zone';
import { type PictureState, usePicture } from './use-picture';

/** Whether pictures can be sent from here: by a signed-in person (`live`), after signing in, or not at all, where the form is only shown. */
export type Pictures = { mode: 'live'; onBusy(busy: boolean): void } | { mode: 'signed-out' | 'sample' };

type Props = { id: string; property: ParameterProperty; value: string; onChange(content: string): void; pictures: Pictures };

const HINT = `PNG, JPEG or WebP up to 20 MB, made to fit ${MAX_UPLOAD_SIDE} pixels. The model’s server gets it with the run, and nobody else: the work’s record has a fingerprint of it. To start from a work, open it and choose Remix.`;
const ignore = () => {};

/** The picture that a run starts from: by the file chooser or by drop, with how far it is, and a way to take it out again. */
export function PictureField({ id, property, value, onChange, pictures }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const isLive = pictures.mode === 'live';
  const { src, percent, size, problem, choose, clear } = usePicture(value, onChange, isLive ? pictures.onBusy : ignore);
  const shown = isLive && src ? src : null;
  const remove = () => {
    clear();
    input.current?.focus();
  };
  const hint = `${property.minLength ? 'A run needs one. ' : ''}${property.description ?? HINT}`;
  return (
    <Field id={id} label={property.title} hint={hint} error={problem} aside={property.minLength ? 'needed' : 'optional'}>
      <DropZone onFile={isLive ? choose : null}>
        {shown && <Preview src={shown} onGone={() => clear('That picture is not here any more. Choose it again.')} />}
        <div className="grid min-w-0 flex-1 gap-2">
          <div className="flex flex-wrap items-center gap-2">
            <Chooser ref={input} id={id} disabled={!isLive} label={shown ? 'Choose another' : 'Choose a picture'} problem={problem} onFile={choose} />
            {shown && (
              <Button variant="quiet" onClick={remove}>
                {percent === null ? 'Remove' : 'Cancel'}
              </Button>
            )}
          </div>
          <p className="text-xs text-ink-faint pointer-coarse:hidden">or drop one here</p>
          {pictures.mode === 'signed-out' && <p className="text-xs text-ink-soft">Sign in to add a picture of your own.</p>}
          {percent !== null && <Progress percent={percent < 100 ? percent : null} label={`Sending ${property.title}`} />}
          <p role="status" className={clsx('text-xs text-ink-soft', !size && 'sr-only')}>
            {stateWords({ percent, size })}
          </p>
          {/* The error at the field is read when the field is; this one when it comes. */}
          <p role="alert" className="sr-only">
            {problem}
          </p>
        </div>
      </DropZone>
    </Field>
  );
}

type ChooserProps = { id: string; label: string; disabled: boolean; problem: string | null; onFile(file: File): void } & Pick<
  ComponentProps<'input'>,
  'ref'
>;

/** The browser's own file chooser, dressed as a button: right on phones, with keyboards and with screen readers. */
function Chooser({ id, label, disabled, problem, onFile, ref }: ChooserProps) {
  const look = 'cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-copper has-disabled:cursor-not-allowed has-disabled:opacity-55';
  return (
    <label className={clsx(buttonStyle({ variant: 'outline' }), look)}>
      <input
        ref={ref}
        id={id}
        type="file"
        accept={UPLOAD_TYPES.join(',')}
        disabled={disabled}
        className="sr-only"
        aria-invalid={problem ? true : undefined}
        aria-describedby={describedBy(id, { hint: true, error: problem })}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          event.target.value = '';
        }}
      />
      {label}
    </label>
  );
}

function Preview({ src, onGone }: { src: string; onGone(): void }) {
  // A file of one's own that the browser cannot show is for the server to refuse.
  const onError = src.startsWith('blob:') ? undefined : onGone;
  return <Img src={src} alt="The picture to start from" className="size-20 bg-well object-contain" onError={onError} />;
}

function stateWords({ percent, size }: Pick<PictureState, 'percent' | 'size'>): string {
  if (percent !== null) return percent < 100 ? 'Sending the picture' : 'Checking the picture';
  return size ? `Ready, ${size.width} × ${size.height} px` : '';
}
