import { database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { readReceipt } from '@/lib/works/read-receipt';
import { fileLink } from '../file-link';
import { chatAsked, chatBody } from '../openai/make-chat';
import { imagesAsked, imagesBody } from '../openai/make-images';
import { chatInput, imagesInput } from '../openai/schema';
import { readJson } from '../route';
import { runBody } from '../runs/run-body';
import { paidRunInput, startRunsInput } from '../schema';
import type { Payable } from './payable';

/** A run with what there is to take: whoever paid has nothing else to open the work's addresses with. */
const write: Payable['write'] = async (db, { actor }, run) => ({
  quoteId: run.quoteId,
  generations: [
    { ...runBody(run), file: { href: fileLink(actor, run.id), type: 'image/png' }, receipt: (await readReceipt(db, actor, run.id)).file },
  ],
});

/** `POST generations`: settings. A quote is somebody’s. */
export const paidRun: Payable = {
  async read(call) {
    const input = readJson(call, startRunsInput);
    if ('quote' in input) throw new AppError('no_credentials');
    return input;
  },
  write,
};

/** `POST x402/models/{slug}/runs`: the same, with the model in the path. */
export const paidRunOfModel: Payable = {
  read: async (call) => ({ ...readJson(call, paidRunInput), model: call.params.slug ?? '' }),
  write,
};

/** `POST images/generations`, in OpenAI’s form. */
export const paidImage: Payable = {
  read: async (call) => imagesAsked(database(), { modelIds: [] }, readJson(call, imagesInput)),
  write: async (db, caller, run, call) => imagesBody(db, caller, [run], readJson(call, imagesInput).response_format),
};

/** `POST chat/completions`, whole: nothing of it is released before the payment has settled, so that there is nothing to stream. */
export const paidChat: Payable = {
  async read(call) {
    const input = readJson(call, chatInput);
    if (input.stream) throw new AppError('invalid_input', { message: 'A text that is paid by the call comes whole: leave stream out.' });
    return chatAsked(database(), { modelIds: [] }, input);
  },
  write: async (_db, _caller, run, call) => chatBody({ quoteId: run.quoteId, model: readJson(call, chatInput).model }, [run]),
};
