// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Receipt, Voucher} from "../Types.sol";

/// EIP-712 struct hashes of the two signed structs. Every field is static, so `abi.encode` is the encoding of the standard.
library TypedData {
    bytes32 internal constant RECEIPT_TYPEHASH = keccak256(
        "Receipt(bytes32 version,uint64 seed,bytes32 paramsHash,bytes32 promptHash,bytes32 content,bytes32 parent)"
    );
    bytes32 internal constant VOUCHER_TYPEHASH = keccak256(
        "Voucher(bytes32 receipt,address to,uint96 price,uint64 captured,uint64 deadline,bytes32 label,bytes32 traits,uint8 codec,bytes32 image,bytes32 evolve)"
    );

    function hash(Receipt memory receipt) internal pure returns (bytes32) {
        return keccak256(abi.encode(RECEIPT_TYPEHASH, receipt));
    }

    function hash(Voucher memory voucher) internal pure returns (bytes32) {
        return keccak256(abi.encode(VOUCHER_TYPEHASH, voucher));
    }

    function digest(bytes32 domainSeparator, bytes32 structHash) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked("\x19\x01", domainSeparator, structHash));
    }
}
