// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Encode} from "../src/lib/Encode.sol";
import {End, Text} from "../src/lib/Text.sol";
import {Base} from "./Base.sol";

/// The word-at-a-time encoders equal the plain loops.
contract EncodeTest is Base {
    using Encode for End;

    function testFuzzHexEqualsTheLoop(bytes32 a, bytes32 b, address account) public pure {
        vm.assertEq(_hex(a, b, account), _hexLoop(abi.encodePacked(a, b, account)));
    }

    function _hex(bytes32 a, bytes32 b, address account) private pure returns (bytes memory) {
        End end = Text.start().hexOf(uint256(a), 256).hexOf(uint256(b), 256).hexOf(uint160(account), 160);
        return Text.close(end);
    }

    function testFuzzCidEqualsTheLoop(uint8 codec, bytes32 digest) public pure {
        vm.assertEq(Encode.cid(codec, digest), _cidLoop(codec, digest));
    }

    function testFuzzDecimalEqualsTheLoop(uint64 value, uint8 shift) public pure {
        value >>= shift % 64; // short numbers as often as long ones
        vm.assertEq(_decimal(value), vm.toString(uint256(value)));
    }

    function testDecimalAtPowersOfTen() public pure {
        uint64 power = 1;
        for (uint256 i; i < 20; ++i) {
            vm.assertEq(_decimal(power), vm.toString(uint256(power)));
            vm.assertEq(_decimal(power - 1), vm.toString(uint256(power - 1)));
            if (i < 19) power *= 10;
        }
        vm.assertEq(_decimal(type(uint64).max), "18446744073709551615");
    }

    function testTheEdgesOfTheAlphabets() public pure {
        vm.assertEq(Encode.cid(0, 0), _cidLoop(0, 0));
        vm.assertEq(Encode.cid(255, bytes32(type(uint256).max)), _cidLoop(255, bytes32(type(uint256).max)));
    }

    function _decimal(uint64 value) private pure returns (string memory) {
        bytes32 digits = Encode.decimal(value);
        uint256 size = uint8(digits[31]);
        bytes memory out = new bytes(size);
        for (uint256 i; i < size; ++i) {
            out[i] = digits[i];
        }
        return string(out);
    }

    function _hexLoop(bytes memory data) private pure returns (bytes memory out) {
        out = new bytes(data.length * 2);
        for (uint256 i; i < out.length; ++i) {
            uint8 nibble = i % 2 == 0 ? uint8(data[i / 2]) >> 4 : uint8(data[i / 2]) & 15;
            out[i] = bytes("0123456789abcdef")[nibble];
        }
    }

    function _cidLoop(uint8 codec, bytes32 digest) private pure returns (bytes memory out) {
        bytes memory data = abi.encodePacked(uint8(1), codec, uint8(0x12), uint8(0x20), digest, uint8(0));
        out = new bytes(59);
        out[0] = "b";
        for (uint256 i; i < 58; ++i) {
            uint256 bit = i * 5;
            uint256 pair = (uint256(uint8(data[bit / 8])) << 8) | uint8(data[bit / 8 + 1 < 37 ? bit / 8 + 1 : 36]);
            out[i + 1] = bytes("abcdefghijklmnopqrstuvwxyz234567")[(pair >> (11 - bit % 8)) & 31];
        }
    }
}
