export { FramedNotFound as default } from '../framed-not-found';
