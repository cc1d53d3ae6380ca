import { openC2pa } from '@/lib/credentials/c2pa';
import { type ReadOptions, readCredentials } from '@/lib/credentials/read-credentials';
import { nativeSha256 } from '@/lib/storage/native-sha256';
import { answerTasks } from '@/lib/thread-tasks';
import { openFile } from '@/lib/verifier/open-file';

const tasks = {
  open: (file: Uint8Array) => openFile(file, nativeSha256),
  credentials: async (file: Uint8Array, options: ReadOptions) => readCredentials((await openC2pa()).WasmReader, file, options),
};
export type FileTasks = typeof tasks;

answerTasks(tasks);
