import type { Hex } from 'viem';
import { decodeRaster } from '@/lib/inference/check-output';
import { rasterContent } from '@/lib/protocol/content';
import { nativeSha256 } from '@/lib/storage/native-sha256';
import { answerTasks } from '@/lib/thread-tasks';
import { type Likeness, readLikeness } from './read-likeness';

/** What can be told of a picture's pixels. */
export type Looks = { content: Hex; likeness: Likeness | null };

const tasks = {
  async look(file: Uint8Array): Promise<Looks | { problem: string }> {
    const raster = await decodeRaster(file).catch((error: Error) => ({ problem: String(error.cause ?? error) }));
    return 'problem' in raster ? raster : { content: rasterContent(raster, nativeSha256), likeness: readLikeness(raster) };
  },
};
export type LookTasks = typeof tasks;

answerTasks(tasks);
