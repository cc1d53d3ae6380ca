import { expect, it } from 'vitest';
import { fileProblem, refusalOf } from './send-picture';

it.each([
  [{ type: 'image/jpeg', size: 1_000 }, null],
  [{ type: 'image/svg+xml', size: 1_000 }, 'Choose a PNG, JPEG or WebP picture.'],
  [{ type: '', size: 1_000 }, 'Choose a PNG, JPEG or WebP picture.'],
  [{ type: 'image/png', size: 21 * 1024 * 1024 }, 'Choose a picture of at most 20 MB.'],
])('of a file %o it says, before it is sent: %s', (file, problem) => {
  expect(fileProblem(file)).toBe(problem);
});

it('says what the server said, and something else where that was no answer of ours', () => {
  expect(refusalOf('{"error":{"code":"upload_unread","message":"Not a picture."}}')).toBe('Not a picture.');
  for (const other of ['', '<html>502</html>', 'null', '{"error":{"message":5}}'])
    expect(refusalOf(other)).toBe('The picture could not be sent. Try again.');
});
