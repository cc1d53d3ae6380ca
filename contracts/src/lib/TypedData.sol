// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Evolution, EvolveRequest, MintRequest, Receipt, Voucher} from "../Types.sol";
import {Parsed} from "./Records.sol";

/// EIP-712 of the signed structs, in the domain `Intaglio`, `1`. `test/TypedData.t.sol` holds the plain `abi.encode` that each must
/// equal.
library TypedData {
    bytes32 internal constant DOMAIN_TYPEHASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 internal constant NAME_HASH = keccak256("Intaglio");
    bytes32 internal constant VERSION_HASH = keccak256("1");
    bytes32 internal constant RECEIPT_TYPEHASH = keccak256(
        "Receipt(bytes32 version,uint64 seed,bytes32 paramsHash,bytes32 promptHash,bytes32 content,bytes32 parent)"
    );
    bytes32 internal constant VOUCHER_TYPEHASH = keccak256(
        "Voucher(bytes32 receipt,address to,uint96 price,uint64 captured,uint64 deadline,bytes32 label,bytes32 traits,uint8 codec,bytes32 image,bytes32 evolve)"
    );
    bytes32 internal constant VOUCHERS_TYPEHASH = keccak256(
        "Vouchers(Voucher[] items)Voucher(bytes32 receipt,address to,uint96 price,uint64 captured,uint64 deadline,bytes32 label,bytes32 traits,uint8 codec,bytes32 image,bytes32 evolve)"
    );
    bytes32 internal constant EVOLUTION_TYPEHASH = keccak256(
        "Evolution(uint256 token,bytes32 previous,bytes32 receipt,bytes32 label,bytes32 traits,uint8 codec,bytes32 image,uint64 captured,uint64 deadline)"
    );

    /// keccak-256 of no bytes: what a voucher binds for a frozen token.
    bytes32 internal constant NO_TERMS = keccak256("");

    function domainSeparator() internal view returns (bytes32 separator) {
        (bytes32 typeHash, bytes32 name, bytes32 version) = (DOMAIN_TYPEHASH, NAME_HASH, VERSION_HASH);
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, typeHash)
            mstore(add(m, 0x20), name)
            mstore(add(m, 0x40), version)
            mstore(add(m, 0x60), chainid())
            mstore(add(m, 0x80), address())
            separator := keccak256(m, 0xa0)
        }
    }

    function digest(bytes32 separator, bytes32 structHash) internal pure returns (bytes32 result) {
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, 0x1901)
            mstore(add(m, 0x20), separator)
            mstore(add(m, 0x40), structHash)
            result := keccak256(add(m, 0x1e), 0x42)
        }
    }

    /// The word before the struct holds the type hash meanwhile.
    function hash(Receipt memory receipt) internal pure returns (bytes32 result) {
        bytes32 typeHash = RECEIPT_TYPEHASH;
        assembly ("memory-safe") {
            let start := sub(receipt, 0x20)
            let kept := mload(start)
            mstore(start, typeHash)
            result := keccak256(start, 0xe0)
            mstore(start, kept)
        }
    }

    function hash(Voucher calldata voucher) internal pure returns (bytes32) {
        bytes calldata words;
        assembly {
            words.offset := voucher
            words.length := 0x140
        }
        return keccak256(abi.encodePacked(VOUCHER_TYPEHASH, words));
    }

    function hash(Evolution calldata evolution) internal pure returns (bytes32) {
        bytes calldata words;
        assembly {
            words.offset := evolution
            words.length := 0x120
        }
        return keccak256(abi.encodePacked(EVOLUTION_TYPEHASH, words));
    }

    /// @param items struct hashes of the vouchers
    function hashOfVouchers(bytes32[] memory items) internal pure returns (bytes32) {
        return keccak256(abi.encode(VOUCHERS_TYPEHASH, keccak256(abi.encodePacked(items))));
    }

    /// The receipt of a record that was read.
    function receiptHash(Parsed work) internal pure returns (bytes32 result) {
        assembly ("memory-safe") {
            result := keccak256(sub(work, 0x20), 0xe0)
        }
    }

    /// The voucher of a mint. Small numbers are taken as whole words: one too big only gives a hash that nobody signed.
    function voucherHash(MintRequest calldata request, Parsed work, bytes32 receiptDigest)
        internal
        pure
        returns (bytes32 result)
    {
        (bytes32 typeHash, bytes32 evolve) = (VOUCHER_TYPEHASH, NO_TERMS);
        assembly ("memory-safe") {
            let m := mload(0x40)
            let size := mload(add(work, 0x140))
            calldatacopy(m, mload(add(work, 0x120)), size)
            let label := keccak256(m, size)
            size := mload(add(work, 0x180))
            calldatacopy(m, mload(add(work, 0x160)), size)
            let traits := keccak256(m, size)
            let terms := mload(add(work, 0x100))
            if terms {
                mstore(m, terms)
                evolve := keccak256(m, 29)
            }
            mstore(m, typeHash)
            mstore(add(m, 0x20), receiptDigest)
            calldatacopy(add(m, 0x40), request, 0x80) // to, price, captured, deadline
            mstore(add(m, 0xc0), label)
            mstore(add(m, 0xe0), traits)
            mcopy(add(m, 0x100), add(work, 0xc0), 0x40) // codec, image
            mstore(add(m, 0x140), evolve)
            result := keccak256(m, 0x160)
        }
    }

    /// The evolution of a step.
    /// @param previous the head's metadata digest
    function evolutionHash(EvolveRequest calldata request, Parsed work, bytes32 previous, bytes32 receiptDigest)
        internal
        pure
        returns (bytes32 result)
    {
        bytes32 typeHash = EVOLUTION_TYPEHASH;
        assembly ("memory-safe") {
            let m := mload(0x40)
            let size := mload(add(work, 0x140))
            calldatacopy(m, mload(add(work, 0x120)), size)
            let label := keccak256(m, size)
            size := mload(add(work, 0x180))
            calldatacopy(m, mload(add(work, 0x160)), size)
            let traits := keccak256(m, size)
            mstore(m, typeHash)
            mstore(add(m, 0x20), calldataload(request)) // token
            mstore(add(m, 0x40), previous)
            mstore(add(m, 0x60), receiptDigest)
            mstore(add(m, 0x80), label)
            mstore(add(m, 0xa0), traits)
            mcopy(add(m, 0xc0), add(work, 0xc0), 0x40) // codec, image
            calldatacopy(add(m, 0x100), add(request, 0x20), 0x40) // captured, deadline
            result := keccak256(m, 0x140)
        }
    }
}
