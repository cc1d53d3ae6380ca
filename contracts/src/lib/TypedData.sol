// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {EfficientHashLib} from "solady/utils/EfficientHashLib.sol";
import {Evolution, EvolveRequest, MintRequest, Receipt, Voucher} from "../Types.sol";
import {Records} from "./Records.sol";

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

    /// The voucher of a mint. Small numbers are taken as whole words: one too big only gives a hash that nobody signed.
    /// @param texts of its record
    function voucherHash(
        MintRequest calldata request,
        bytes calldata record,
        bytes calldata texts,
        bytes29 terms,
        bytes32 receiptDigest
    ) internal pure returns (bytes32 result) {
        (bytes32 label, bytes32 traits) = hashTexts(texts);
        bytes32 evolve = hashTerms(terms);
        bytes32 typeHash = VOUCHER_TYPEHASH;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, typeHash)
            mstore(add(m, 0x20), receiptDigest)
            calldatacopy(add(m, 0x40), request, 0x80) // to, price, captured, deadline
            mstore(add(m, 0xc0), label)
            mstore(add(m, 0xe0), traits)
            mstore(add(m, 0x100), byte(0, calldataload(add(record.offset, 104)))) // codec
            mstore(add(m, 0x120), calldataload(add(record.offset, 105))) // image
            mstore(add(m, 0x140), evolve)
            result := keccak256(m, 0x160)
        }
    }

    /// The evolution of a step.
    /// @param texts of its record
    /// @param previous the head's metadata digest
    function evolutionHash(
        EvolveRequest calldata request,
        bytes calldata record,
        bytes calldata texts,
        bytes32 previous,
        bytes32 receiptDigest
    ) internal pure returns (bytes32 result) {
        (bytes32 label, bytes32 traits) = hashTexts(texts);
        bytes32 typeHash = EVOLUTION_TYPEHASH;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, typeHash)
            mstore(add(m, 0x20), calldataload(request)) // token
            mstore(add(m, 0x40), previous)
            mstore(add(m, 0x60), receiptDigest)
            mstore(add(m, 0x80), label)
            mstore(add(m, 0xa0), traits)
            mstore(add(m, 0xc0), byte(0, calldataload(add(record.offset, 104)))) // codec
            mstore(add(m, 0xe0), calldataload(add(record.offset, 105))) // image
            calldatacopy(add(m, 0x100), add(request, 0x20), 0x40) // captured, deadline
            result := keccak256(m, 0x140)
        }
    }

    /// Label and traits are bound one by one, by keccak-256 of their bytes without the label's length.
    function hashTexts(bytes calldata texts) internal pure returns (bytes32 label, bytes32 traits) {
        (bytes calldata first, bytes calldata rest) = Records.split(texts);
        return (EfficientHashLib.hashCalldata(first), EfficientHashLib.hashCalldata(rest));
    }

    /// Evolve terms are bound by keccak-256 of their bytes; a frozen token has none.
    function hashTerms(bytes29 terms) internal pure returns (bytes32) {
        return terms == 0 ? NO_TERMS : keccak256(abi.encodePacked(terms));
    }
}
