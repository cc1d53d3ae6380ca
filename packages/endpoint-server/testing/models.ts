import type { GenerateCall, Generated, Model } from '../model';

/** Two by one pixels of the seed's colour, and how often that was asked for. */
export function tinyModel(): Model & { calls: GenerateCall[] } {
  const calls: GenerateCall[] = [];
  return {
    calls,
    generate: (call) => {
      calls.push(call);
      const shade = Number(call.seed % 256n);
      return { width: 2, height: 1, rgba: Uint8Array.from([shade, 1, 2, 255, shade, 4, 5, 128]) };
    },
  };
}

/** A model that works until it is told how to end. */
export function slowModel() {
  let end: (made: Generated) => void = () => {};
  const calls: GenerateCall[] = [];
  const model: Model = {
    generate: (call) => {
      calls.push(call);
      call.onProgress(0.4);
      return new Promise((resolve) => {
        end = resolve;
      });
    },
  };
  return { model, calls, end: (made: Generated = { width: 1, height: 1, rgba: Uint8Array.of(1, 2, 3, 4) }) => end(made) };
}
