// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ECDSA} from "solady/utils/ECDSA.sol";
import {Signatures} from "../src/lib/Signatures.sol";
import {Base} from "./Base.sol";

contract Checker {
    /// `dirty` are bits above the address, as Solidity may leave them.
    function isSigner(address signer, uint96 dirty, bytes32 digest, bytes calldata signature)
        external
        view
        returns (bool)
    {
        assembly {
            signer := or(signer, shl(160, dirty))
        }
        return Signatures.isSigner(signer, digest, signature);
    }

    function recovered(bytes32 digest, bytes calldata signature) external view returns (address) {
        return ECDSA.tryRecoverCalldata(digest, signature);
    }
}

/// An account without code signs what Solady's recovery says it signed, and nothing else.
contract SignaturesTest is Base {
    Checker private checker = new Checker();

    function testFuzzAKeySigns(uint128 key, bytes32 digest, uint96 dirty) public view {
        uint256 secret = uint256(key) + 1;
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(secret, digest);
        bytes memory compact = abi.encodePacked(r, bytes32(uint256(v - 27) << 255 | uint256(s)));
        vm.assertTrue(checker.isSigner(vm.addr(secret), dirty, digest, compact));
        vm.assertTrue(checker.isSigner(vm.addr(secret), dirty, digest, abi.encodePacked(r, s, v)));
        vm.assertFalse(checker.isSigner(vm.addr(secret), dirty, ~digest, compact));
        vm.assertFalse(checker.isSigner(address(uint160(vm.addr(secret)) ^ 1), dirty, digest, compact));
    }

    function testFuzzAnySignatureIsReadAsSoladyReadsIt(bytes32 digest, bytes32 r, bytes32 s, uint8 v) public view {
        bytes[3] memory all = [abi.encodePacked(r, s), abi.encodePacked(r, s, v), abi.encodePacked(r, s, v % 2 + 27)];
        for (uint256 i; i < 3; ++i) {
            address who = checker.recovered(digest, all[i]);
            vm.assertTrue(checker.isSigner(who, 0, digest, all[i]) == (who != address(0)));
        }
    }

    function testFuzzOtherLengthsAndNobodySignNothing(bytes32 digest, bytes memory signature, address who) public view {
        vm.assertFalse(checker.isSigner(address(0), 0, digest, signature));
        vm.assertFalse(checker.isSigner(address(0), 0, digest, new bytes(64)));
        vm.assume(signature.length != 64 && signature.length != 65 && who.code.length == 0);
        vm.assertFalse(checker.isSigner(who, 0, digest, signature));
    }
}
