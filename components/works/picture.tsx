import { clsx } from 'clsx';
import type { PreviewDto } from '@/lib/works/schema';
import { Img } from '../ui/img';

type PictureProps = {
  preview: PreviewDto;
  alt: string;
  /** Of the work itself: gives the space its shape before the file arrives. */
  width: number;
  height: number;
  /** The `sizes` attribute: how wide it is shown. */
  sizes: string;
  /** In the first screen: loaded at once and first. */
  first?: boolean;
  className?: string;
};

/** The preview of a work. No optimiser: the files are made in two widths at sealing and never change. */
export function Picture({ preview, alt, width, height, sizes, first = false, className }: PictureProps) {
  return (
    <Img
      src={preview.small}
      srcSet={`${preview.small} ${preview.smallWidthPx}w, ${preview.large} ${preview.largeWidthPx}w`}
      sizes={sizes}
      width={width}
      height={height}
      alt={alt}
      loading={first ? 'eager' : 'lazy'}
      fetchPriority={first ? 'high' : 'auto'}
      className={clsx('block h-auto w-full bg-well', className)}
      style={{ aspectRatio: `${width} / ${height}` }}
    />
  );
}
