import type { PreviewDto } from './schema';

/** A work in a lineage that the asker may see. `takenDown`: why an operator took it down. `made`: works made from it, of those the asker may see. */
export type LineageWork = {
  kind: 'work';
  id: string;
  title: string;
  modelName: string;
  width: number;
  height: number;
  preview: PreviewDto | null;
  takenDown: string | null;
  made: number;
};

/** One that the asker may not see: that it is there is all that is said. */
export type LineageNode = LineageWork | { kind: 'private' };

export type LineageDto = {
  /** Nearest first. Nothing is told of what is above a private one. */
  parents: LineageNode[];
  /** There are more above than are shown. */
  moreAbove: boolean;
  children: LineageWork[];
  /** Works made from it that the asker may not see. */
  privateChildren: number;
  nextCursor: string | null;
  /** What it was made from, at any distance, that was taken down. `work` is null where the asker may not see that one. */
  takenDownAbove: { work: { id: string; title: string; reason: string } | null }[];
};
