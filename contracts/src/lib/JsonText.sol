// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// Texts that may stand between two quotes of a JSON string without escaping: well-formed UTF-8 without control bytes, quote
/// or backslash. What passes here cannot end its string, and its JSON cannot be read in two ways.
library JsonText {
    /// ASCII is read 32 bytes at a time. `bad` counts only if all of it is: then no byte has its high bit, and none carries into the next.
    function isSafe(bytes calldata text) internal pure returns (bool safe) {
        bool ascii;
        assembly {
            let ones := div(not(0), 0xff)
            let highs := mul(ones, 0x80)
            let all := 0
            let bad := 0
            for { let i := 0 } lt(i, text.length) { i := add(i, 0x20) } {
                let word := calldataload(add(text.offset, i))
                let left := shl(3, sub(text.length, i))
                if lt(left, 256) {
                    word := or(shl(sub(256, left), shr(sub(256, left), word)), shr(left, mul(ones, 0x61)))
                } // 'a' past the end
                all := or(all, word)
                bad := or(bad, not(add(word, mul(ones, 0x60)))) // below 0x20
                bad := or(bad, sub(highs, xor(word, mul(ones, 0x22)))) // a quote
                bad := or(bad, sub(highs, xor(word, mul(ones, 0x5c)))) // a backslash
                bad := or(bad, add(word, ones)) // 0x7f
            }
            ascii := iszero(and(all, highs))
            safe := iszero(and(bad, highs))
        }
        if (!ascii) return _isSafeUtf8(text);
    }

    /// Byte by byte, RFC 3629: no overlong form, no surrogate, nothing above U+10FFFF.
    function _isSafeUtf8(bytes calldata text) private pure returns (bool) {
        uint256 i;
        while (i < text.length) {
            uint256 lead = uint8(text[i]);
            if (lead < 0x80) {
                if (lead < 0x20 || lead == 0x22 || lead == 0x5c || lead == 0x7f) return false;
                i += 1;
                continue;
            }
            if (lead < 0xc2 || lead > 0xf4) return false;
            uint256 size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
            if (i + size > text.length) return false;
            uint256 second = uint8(text[i + 1]);
            // C1 control characters (U+0080 to U+009F) are control characters too.
            uint256 least = lead == 0xe0 || lead == 0xc2 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
            uint256 most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
            if (second < least || second > most) return false;
            for (uint256 j = 2; j < size; ++j) {
                if (uint8(text[i + j]) & 0xc0 != 0x80) return false;
            }
            i += size;
        }
        return true;
    }
}
