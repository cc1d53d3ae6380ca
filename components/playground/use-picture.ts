import { useEffect, useRef, useState } from 'react';
import { fileProblem, sendPicture } from './send-picture';

export type PictureState = {
  /** The address of the file itself, while it is at hand. */
  src: string | null;
  /** Of what is sent, while something is; 100: the server looks at it. */
  percent: number | null;
  size: { width: number; height: number } | null;
  problem: string | null;
};

const nothing: PictureState = { src: null, percent: null, size: null, problem: null };

/** A picture on its way to being a parameter: sending, replacing, taking away. `onBusy` says that the value is not settled. */
export function usePicture(content: string, onChange: (content: string) => void, onBusy: (busy: boolean) => void) {
  const [state, setState] = useState<PictureState>(nothing);
  const sending = useRef<AbortController>(null);
  const { src } = state;
  // A file's own address lasts until it is let go of.
  useEffect(() => () => (src ? URL.revokeObjectURL(src) : undefined), [src]);
  useEffect(() => () => sending.current?.abort(), []);

  // The form may have changed while a picture was on its way: what is set then is set in the form as it is.
  const change = useRef(onChange);
  useEffect(() => {
    change.current = onChange;
  }, [onChange]);

  const clear = (problem: string | null = null) => {
    sending.current?.abort();
    setState({ ...nothing, problem });
    onBusy(false);
    change.current('');
  };
  const choose = async (file: File) => {
    const wrong = fileProblem(file);
    if (wrong) return setState((now) => ({ ...now, problem: wrong }));
    clear();
    const controller = new AbortController();
    sending.current = controller;
    onBusy(true);
    setState({ ...nothing, src: URL.createObjectURL(file), percent: 0 });
    try {
      const onProgress = (percent: number) => setState((now) => ({ ...now, percent }));
      const { content: sent, width, height } = await sendPicture(file, { onProgress, signal: controller.signal });
      setState((now) => ({ ...now, percent: null, size: { width, height } }));
      change.current(sent);
      onBusy(false);
    } catch (error) {
      if (!controller.signal.aborted) clear((error as Error).message);
    }
  };
  // After a reload, what the server keeps.
  return { ...state, src: src ?? (content && `/api/uploads/${content}`), choose, clear };
}
