import type { WorkDto } from '@/lib/works/schema';
import { shortHex } from '../format';
import { Picture } from './picture';
import { WorkText } from './work-text';

/** The picture, or the text: its card is for places that show pictures. */
function Impression({ work, shape }: { work: WorkDto; shape: number }) {
  if (work.body.kind === 'text' && work.body.text !== null) {
    return <WorkText text={work.body.text} className="pressed-in px-4 py-6 font-display text-lg sm:px-8 sm:py-10" />;
  }
  if (work.body.kind === 'image' && work.preview) {
    const { preview, alt, width, height } = work;
    return <Picture preview={preview} alt={alt} width={width} height={height} sizes="(min-width: 1024px) 60vw, 94vw" first className="pressed-in" />;
  }
  return (
    <div className="grid place-items-center bg-well p-6 text-center" style={{ aspectRatio: shape }}>
      <p className="font-caption text-base text-ink-soft italic">
        {work.takedown
          ? 'This work was taken down.'
          : `The ${work.body.kind === 'text' ? 'text' : 'picture'} is made and kept. Its record is being sealed into the file.`}
      </p>
    </div>
  );
}

/** A work on its sheet, with the line that printmakers write under the plate: what it was pulled from, its title, who signed. */
export function Plate({ work }: { work: WorkDto }) {
  const shape = work.width / work.height;
  const maxWidth = work.body.kind === 'text' ? '44rem' : `min(100%, calc(68vh * ${shape.toFixed(4)}))`;
  return (
    <figure className="bg-sheet p-3 outline-1 outline-rule sm:p-8 lg:p-12">
      <div className="mx-auto" style={{ maxWidth }}>
        <div className="plate-mark [--pm:7px] sm:[--pm:12px]">
          <Impression work={work} shape={shape} />
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
