import { CFG, CFGI } from '../layout';

/** f32 configuration cell. */
@inline
export function f(i: i32): f32 {
  return load<f32>(CFG + (i << 2));
}

/** i32 configuration cell. */
@inline
export function n(i: i32): i32 {
  return load<i32>(CFGI + (i << 2));
}
