'use client';
import { clsx } from 'clsx';
import { useId, useState } from 'react';
import { keepPassPictureAction } from '@/lib/mint/actions';
import { UPLOAD_TYPES } from '@/lib/uploads/limits';
import { DropZone } from '../../playground/drop-zone';
import { fileProblem, sendPicture } from '../../playground/send-picture';
import { buttonStyle } from '../../ui/button';
import { Img } from '../../ui/img';
import { Progress } from '../../ui/progress';
import { dataOf } from '../../wallet/wallet-problem';

export type WorkChoice = { id: string; title: string; src: string };
/** What is shown, and its CID once it is kept. */
export type Picture = { src: string; cid: string };
type Props = { picture: Picture; works: WorkChoice[]; error: string | null; onPick(picture: Picture): void };

/** The picture of a tier: one of the creator's works, or a file. What is chosen is public as soon as the tier is on the chain. */
export function PicturePicker({ picture, works, error, onPick }: Props) {
  const id = useId();
  const [percent, setPercent] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const keep = async (src: string, ask: () => ReturnType<typeof keepPassPictureAction>) => {
    setProblem(null);
    setPercent(100);
    onPick({ src, cid: '' });
    try {
      onPick({ src, cid: dataOf(await ask()).cid });
    } catch (thrown) {
      onPick({ src: '', cid: '' });
      setProblem((thrown as Error).message);
    } finally {
      setPercent(null);
    }
  };
  const upload = (file: File) => {
    const wrong = fileProblem(file);
    if (wrong) return setProblem(wrong);
    void keep(URL.createObjectURL(file), async () => {
      setPercent(0);
      const { content } = await sendPicture(file, { onProgress: setPercent, signal: new AbortController().signal });
      return keepPassPictureAction({ upload: content });
    });
  };
  const said = problem ?? error;
  return (
    <fieldset className="grid gap-3">
      <legend className="pb-2 text-sm">Picture</legend>
      <DropZone onFile={upload}>
        {picture.src && <Img src={picture.src} alt="The chosen picture" className="size-20 bg-well object-cover" />}
        <div className="grid min-w-0 flex-1 gap-2">
          <label
            className={clsx(
              buttonStyle({ variant: 'outline' }),
              'cursor-pointer justify-self-start has-focus-visible:outline-2 has-focus-visible:outline-copper',
            )}
          >
            <input
              id={id}
              type="file"
              accept={UPLOAD_TYPES.join(',')}
              className="sr-only"
              aria-invalid={said ? true : undefined}
              aria-describedby={said ? `${id}-error` : undefined}
              onChange={(event) => {
                const file = event.target.files?.[0];
                if (file) upload(file);
                event.target.value = '';
              }}
            />
            {picture.src ? 'Choose another file' : 'Choose a file'}
          </label>
          {percent !== null && <Progress percent={percent < 100 ? percent : null} label="Keeping the picture" />}
          <p className="text-xs text-ink-faint">PNG, JPEG or WebP up to 20 MB. Everybody can see it once the tier is on the chain.</p>
        </div>
      </DropZone>
      {works.length > 0 && (
        <WorkStrip works={works} chosen={picture.src} onChoose={(work) => void keep(work.src, () => keepPassPictureAction({ work: work.id }))} />
      )}
      {said && (
        <p id={`${id}-error`} role={problem ? 'alert' : undefined} className="text-xs text-madder">
          {said}
        </p>
      )}
    </fieldset>
  );
}

function WorkStrip({ works, chosen, onChoose }: { works: WorkChoice[]; chosen: string; onChoose(work: WorkChoice): void }) {
  return (
    <div className="grid gap-2">
      <p className="text-sm text-ink-soft">Or one of your works</p>
      <ul className="flex gap-2 overflow-x-auto p-1">
        {works.map((work) => (
          <li key={work.id} className="shrink-0">
            <button
              type="button"
              aria-pressed={work.src === chosen}
              onClick={() => onChoose(work)}
              className="block border-2 border-transparent aria-pressed:border-copper"
            >
              <Img src={work.src} alt={work.title} width={80} height={80} loading="lazy" className="size-20 bg-well object-cover" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
