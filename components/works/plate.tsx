import type { WorkDto } from '@/lib/works/schema';
import { shortHex } from '../format';
import { Picture } from './picture';

/** A work on its sheet, with the line that printmakers write under the plate: what it was pulled from, its title, who signed. */
export function Plate({ work }: { work: WorkDto }) {
  const shape = work.width / work.height;
  return (
    <figure className="bg-sheet p-3 outline-1 outline-rule sm:p-8 lg:p-12">
      <div className="mx-auto" style={{ maxWidth: `min(100%, calc(68vh * ${shape.toFixed(4)}))` }}>
        <div className="plate-mark [--pm:7px] sm:[--pm:12px]">
          {work.preview ? (
            <Picture
              preview={work.preview}
              alt={work.alt}
              width={work.width}
              height={work.height}
              sizes="(min-width: 1024px) 60vw, 94vw"
              first
              className="pressed-in"
            />
          ) : (
            <div className="grid place-items-center bg-well p-6 text-center" style={{ aspectRatio: shape }}>
              <p className="font-caption text-base text-ink-soft italic">The picture is made and kept. Its record is being sealed into the file.</p>
            </div>
          )}
        </div>
        <figcaption className="grid grid-cols-[1fr_auto_1fr] items-baseline gap-3 pt-3 text-xs text-ink-faint sm:pt-4">
          <span>
            {work.modelName}, v{work.versionNumber}
          </span>
          <span className="max-w-60 truncate text-center font-caption text-base text-ink italic">{work.title}</span>
          <span className="justify-self-end font-mono text-2xs" title={`Signed by ${work.signerAddress}`}>
            {shortHex(work.signerAddress, 4)}
          </span>
        </figcaption>
      </div>
    </figure>
  );
}
