/*
 * The one memory image that both kernels work on. This file is read by the AssemblyScript compiler and by
 * TypeScript, so it holds nothing but integer constants. Addresses are bytes; F_* index f32 cells from CFG,
 * I_* index i32 cells from CFGI. The field ring, the accumulator row and the output row lie at addresses that
 * the host chooses (I_RING, I_ACC, I_OUT).
 */

export const CFG = 1024;
export const CFGI = 1536;
export const FLOW = 2048;
export const NET = 4096;
export const EQ_TONE = 12288;
export const EQ_BAND = 13328;
export const LUT_A = 16384;
export const LUT_B = 32768;
export const BAND_TABLE = 49152;
export const SRGB = 81920;
export const SCRATCH = 98432;
export const DATA = 102400;

/** Network shape. */
export const INPUTS = 8;
export const HIDDEN = 24;
export const LAYERS = 3;
export const HEADS = 6;
/** f32 cells per flow unit: wx, wy, phase (all in turns), ax, ay. */
export const UNIT_CELLS = 5;
/** Table sizes. */
export const EQ_STEPS = 256;
export const LUT_SIZE = 1024;
export const BAND_MAX = 32;
export const BAND_STEPS = 64;
export const SRGB_STEPS = 4096;

/** Planes of the field ring. */
export const P_HEIGHT = 0;
export const P_TONE = 1;
export const P_BAND = 2;
export const P_MASK = 3;
export const P_DETAIL = 4;
export const P_DRIFT = 5;
export const PLANES = 6;

/** Activations, one per block of four neurons. */
export const ACT_SIN = 0;
export const ACT_TANH = 1;
export const ACT_BUMP = 2;
export const ACT_RIDGE = 3;

/* f32 configuration */
export const F_STEP = 0;
export const F_OX = 1;
export const F_OY = 2;
export const F_M00 = 3;
export const F_M01 = 4;
export const F_M10 = 5;
export const F_M11 = 6;
export const F_TX = 7;
export const F_TY = 8;
export const F_FOLD_NX = 9;
export const F_FOLD_NY = 10;
export const F_HALF_NX = 11;
export const F_HALF_NY = 12;
export const F_SOFT = 13;
export const F_DOUBLE_R = 14;
/** scale, bias per head: 12 cells. */
export const F_HEAD = 16;
export const F_PLEAT = 28;
export const F_PLEAT_FREQ = 29;
export const F_PLEAT_BEND = 30;
export const F_BEVEL = 31;
export const F_BEVEL_K = 32;
export const F_INV2S = 33;
export const F_LX = 34;
export const F_LY = 35;
export const F_LZ = 36;
export const F_RADIAL = 37;
export const F_HX = 38;
export const F_HY = 39;
export const F_HZ = 40;
export const F_HRADIAL = 41;
export const F_AMBIENT = 42;
export const F_DIFFUSE = 43;
export const F_SPEC = 44;
export const F_SHEEN = 45;
export const F_IRID = 46;
export const F_AO = 47;
export const F_SHADOW = 48;
export const F_VIGNETTE = 49;
export const F_GRAIN = 50;
export const F_EXPOSURE = 51;
export const F_DETAIL = 52;
export const F_MIX = 53;
export const F_STRIP_C = 54;
export const F_STRIP_W = 55;
export const F_BANDS = 56;
export const F_LEAD = 57;
export const F_DISC = 58;
export const F_RIM = 59;
export const F_GLOW = 60;
export const F_PX = 61;
export const F_NOISE = 62;
export const F_TEXTURE = 63;
export const F_EDGE = 64;
export const F_ISS2 = 65;
export const F_OUT_STEP = 66;
export const F_OUT_OX = 67;
export const F_OUT_OY = 68;
/** Four ring radii, then four band shifts, then four tone shifts. */
export const F_RING_R = 72;
export const F_RING_SHIFT = 76;
export const F_RING_TONE = 80;
/** Linear RGB of the wall and of the metal: 3 cells each. */
export const F_WALL = 84;
export const F_METAL = 88;
/** Linear RGB and the strength of the sun behind the window. */
export const F_GLOW_RGB = 92;
export const F_TAP = 96;
/** 1 over the length of the light's flat part. */
export const F_INV_LXY = 101;
/** Weight of the squared distance from the centre among the network's inputs. */
export const F_RADIUS = 102;
/** A fold's middle is magnified by F_BLOOM / (r + F_BLOOM_R), so that it is as rich as its rim. */
export const F_BLOOM = 103;
export const F_BLOOM_R = 104;

/* i32 configuration */
export const I_COLS = 0;
export const I_PAD = 1;
export const I_STRIDE = 2;
export const I_CAP = 3;
export const I_RING = 4;
export const I_FOLD = 5;
export const I_FOLD_TURNS = 6;
export const I_SS = 7;
export const I_FLOW_STEPS = 8;
export const I_FLOW_UNITS = 9;
export const I_FLOW_HALF = 10;
export const I_ACC = 11;
export const I_OUT = 12;
export const I_AO_REACH = 13;
export const I_NOISE_SEED = 14;
export const I_OUT_W = 15;
export const I_MIRROR = 16;
export const I_OUT_COLS = 17;
export const I_BANDS = 18;
export const I_RINGS = 19;
/** 1 during the pre-pass: heads are stored as they come. */
export const I_RAW = 20;
/** Activation kind per block of four neurons: LAYERS x 6 cells. */
export const I_ACTS = 24;
/** Shadow taps towards the light: five (dx, dy) pairs in samples; F_TAP has their distances for radial light. */
export const I_TAPS = 44;
export const TAPS = 5;
