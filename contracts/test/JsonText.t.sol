// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {JsonText} from "../src/lib/JsonText.sol";
import {Metadata} from "../src/lib/Metadata.sol";
import {Base} from "./Base.sol";

contract JsonTextHarness {
    function isSafe(bytes calldata text) external pure returns (bool) {
        return JsonText.isSafe(text);
    }

    function attributes(bytes calldata traits) external pure returns (string memory) {
        return string(Metadata.attributes(traits));
    }
}

/// No byte of a label or a trait can leave its JSON string.
contract JsonTextTest is Base {
    JsonTextHarness private harness = new JsonTextHarness();

    function testFuzzAsciiIsSafeExactlyWithoutTheForbiddenBytes(bytes memory text) public view {
        bool safe = true;
        for (uint256 i; i < text.length; ++i) {
            text[i] = bytes1(uint8(text[i]) & 0x7f);
            uint8 c = uint8(text[i]);
            if (c < 0x20 || c == 0x22 || c == 0x5c || c == 0x7f) safe = false;
        }
        vm.assertTrue(harness.isSafe(text) == safe);
    }

    /// One forbidden byte, at every place of texts up to 70 bytes: the word-at-a-time scan has no blind spot.
    function testFuzzOneForbiddenByteAnywhereIsFound(uint8 length, uint8 place, uint8 which, uint8 filler) public view {
        uint256 n = uint256(length) % 70 + 1;
        bytes memory text = new bytes(n);
        bytes1 fill = bytes1(0x23 + filler % 0x38); // '#' to 'Z', none of them forbidden
        for (uint256 i; i < n; ++i) {
            text[i] = fill;
        }
        vm.assertTrue(harness.isSafe(text));
        uint8 bad = which % 35;
        text[place % n] = bad == 32 ? bytes1(0x22) : bad == 33 ? bytes1(0x5c) : bad == 34 ? bytes1(0x7f) : bytes1(bad);
        vm.assertFalse(harness.isSafe(text));
    }

    function testWellFormedUtf8IsSafe() public view {
        vm.assertTrue(harness.isSafe(bytes(unicode"Größe №1 — 𝄞 中文 é")));
        vm.assertTrue(harness.isSafe(hex"c2a0"));
        vm.assertTrue(harness.isSafe(hex"f48fbfbf"));
        vm.assertTrue(harness.isSafe(hex"ed9fbf"));
        vm.assertTrue(harness.isSafe(hex"eebfbf"));
        vm.assertTrue(harness.isSafe(hex"f0908080"));
    }

    function testMalformedUtf8IsRefused() public view {
        bytes[14] memory bad = [
            bytes(hex"80"), // continuation alone
            hex"c3", // cut short
            hex"e282", // cut short
            hex"f09d84", // cut short
            hex"c080", // overlong
            hex"c1bf", // overlong
            hex"e09fbf", // overlong
            hex"f08fbfbf", // overlong
            hex"eda080", // surrogate
            hex"f4908080", // above U+10FFFF
            hex"f5808080",
            hex"ff",
            hex"c322", // a quote where a continuation belongs
            hex"c285" // C1 control character
        ];
        for (uint256 i; i < bad.length; ++i) {
            vm.assertFalse(harness.isSafe(bad[i]));
        }
    }

    function testUnsafeAsciiBesideMultibyteIsRefused() public view {
        vm.assertFalse(harness.isSafe(bytes.concat(unicode"größe", '"')));
        vm.assertFalse(harness.isSafe(bytes.concat(unicode"größe", "\\")));
        vm.assertFalse(harness.isSafe(bytes.concat(unicode"größe", hex"0a")));
        vm.assertFalse(harness.isSafe(bytes.concat(unicode"größe", hex"7f")));
    }

    function testTraitsRenderAsAttributes() public view {
        vm.assertEq(harness.attributes(""), "");
        vm.assertEq(harness.attributes(hex"01610162"), '{"trait_type":"a","value":"b"}');
        vm.assertEq(
            harness.attributes(hex"0161016201630164"), '{"trait_type":"a","value":"b"},{"trait_type":"c","value":"d"}'
        );
    }

    function testMalformedTraitsAreRefused() public {
        bytes[8] memory bad = [
            bytes(hex"00"), // empty name
            hex"0161", // no value
            hex"016100", // empty value
            hex"0261", // cut short
            hex"01610262", // cut short
            hex"0161016201", // half a second pair
            hex"01220161", // quote
            hex"016101c3" // not UTF-8
        ];
        for (uint256 i; i < bad.length; ++i) {
            vm.expectRevert(Metadata.BadTraits.selector);
            harness.attributes(bad[i]);
        }
    }

    function testTraitsAbove1024BytesAreRefused() public {
        bytes memory most = new bytes(1024);
        for (uint256 i; i < 1024; i += 256) {
            _pair(most, i);
        }
        harness.attributes(most);
        vm.expectRevert(Metadata.BadTraits.selector);
        harness.attributes(bytes.concat(most, hex"01610162"));
    }

    /// Whatever bytes come, either they are refused or every quote of the result is one that the renderer wrote.
    function testFuzzTraitsNeverAddAQuote(bytes memory traits) public view {
        try harness.attributes(traits) returns (string memory out) {
            uint256 quotes;
            uint256 pairs;
            for (uint256 i; i < bytes(out).length; ++i) {
                if (bytes(out)[i] == '"') ++quotes;
            }
            for (uint256 i; i < traits.length; ++pairs) {
                i += 1 + uint8(traits[i]);
                i += 1 + uint8(traits[i]);
            }
            vm.assertEq(quotes, pairs * 8);
        } catch {}
    }

    /// 256 bytes: a name of 126 and a value of 128.
    function _pair(bytes memory out, uint256 from) private pure {
        out[from] = bytes1(uint8(126));
        out[from + 127] = bytes1(uint8(128));
        for (uint256 i = 1; i < 256; ++i) {
            if (i != 127) out[from + i] = "x";
        }
    }
}
