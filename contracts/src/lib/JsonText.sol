// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// Texts that may stand between two quotes of a JSON string without escaping: well-formed UTF-8 without control bytes, quote
/// or backslash. What passes here cannot end its string, and its JSON cannot be read in two ways.
library JsonText {
    uint256 private constant ONES = 0x0101010101010101010101010101010101010101010101010101010101010101;
    uint256 private constant HIGH_BITS = ONES * 0x80;

    function isSafe(bytes calldata text) internal pure returns (bool) {
        (bool ascii, bool safe) = _asciiScan(text);
        return ascii ? safe : _isSafeUtf8(text);
    }

    /// 32 bytes at a time; `safe` counts only if the whole text is ASCII.
    function _asciiScan(bytes calldata text) private pure returns (bool ascii, bool safe) {
        uint256 high;
        uint256 bad;
        unchecked {
            for (uint256 i; i < text.length; i += 32) {
                uint256 word;
                assembly {
                    word := calldataload(add(text.offset, i))
                }
                uint256 left = text.length - i;
                // Past the end: 'a'.
                if (left < 32) word = (word >> (256 - left * 8)) | ((ONES * 0x61) << (left * 8));
                high |= word;
                bad |= (word - ONES * 0x20) & ~word; // below 0x20
                bad |= _zeroByte(word ^ (ONES * 0x22)) | _zeroByte(word ^ (ONES * 0x5c))
                | _zeroByte(word ^ (ONES * 0x7f));
            }
        }
        return (high & HIGH_BITS == 0, bad & HIGH_BITS == 0);
    }

    /// High bit of some lane set if a byte of `word` is zero; the other bits mean nothing.
    function _zeroByte(uint256 word) private pure returns (uint256) {
        unchecked {
            return (word - ONES) & ~word;
        }
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
