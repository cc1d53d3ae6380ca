// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Parsed, Records} from "../src/lib/Records.sol";
import {TypedData} from "../src/lib/TypedData.sol";
import {Evolution, EvolveRequest, MintRequest, Receipt, Voucher} from "../src/Types.sol";
import {Fixture, Work} from "./Fixture.sol";

/// The hashes as the collection computes them, from calldata.
contract Hashes {
    function receipt(bytes calldata record) external view returns (bytes32) {
        return TypedData.receiptHash(Records.readFirst(record));
    }

    function receipt(Receipt memory fields) external pure returns (bytes32) {
        return TypedData.hash(fields);
    }

    function voucher(MintRequest calldata request, bytes32 digest) external view returns (bytes32) {
        return TypedData.voucherHash(request, Records.readFirst(request.record), digest);
    }

    function voucher(Voucher calldata fields) external pure returns (bytes32) {
        return TypedData.hash(fields);
    }

    function evolution(EvolveRequest calldata request, bytes32 previous, bytes32 digest)
        external
        pure
        returns (bytes32)
    {
        return TypedData.evolutionHash(request, Records.readStep(request.record), previous, digest);
    }

    function evolution(Evolution calldata fields) external pure returns (bytes32) {
        return TypedData.hash(fields);
    }

    function domain() external view returns (bytes32) {
        return TypedData.domainSeparator();
    }

    function digest(bytes32 separator, bytes32 hash) external pure returns (bytes32) {
        return TypedData.digest(separator, hash);
    }

    function vouchers(bytes32[] memory items) external pure returns (bytes32) {
        return TypedData.hashOfVouchers(items);
    }
}

/// EIP-712 by the book, with `abi.encode`, gives the same.
contract TypedDataTest is Fixture {
    Hashes private hashes = new Hashes();

    function testFuzzTheReceiptIsHashedByTheBook(uint256 n, uint64 seed, bytes32 parent) public view {
        Work memory work = _any(n, seed, parent, 0);
        bytes32 plain = keccak256(abi.encode(TypedData.RECEIPT_TYPEHASH, _receipt(work)));
        vm.assertEq(hashes.receipt(_record(work)), plain);
        vm.assertEq(hashes.receipt(_receipt(work)), plain);
    }

    function testFuzzTheVoucherIsHashedByTheBook(uint256 n, uint96 price, uint8 by, bytes32 digest) public view {
        Work memory work = _any(n, 1, 0, by);
        work.price = price;
        Voucher memory plain = _voucher(work);
        plain.receipt = digest;
        bytes32 expected = keccak256(abi.encode(TypedData.VOUCHER_TYPEHASH, plain));
        vm.assertEq(hashes.voucher(_packed(work), digest), expected);
        vm.assertEq(hashes.voucher(plain), expected);
    }

    function testFuzzTheEvolutionIsHashedByTheBook(uint256 n, uint256 token, bytes32 previous, bytes32 digest)
        public
        view
    {
        Work memory work = _any(n, 1, "parent", 0);
        Evolution memory plain = Evolution({
            token: token,
            previous: previous,
            receipt: digest,
            label: keccak256(bytes(work.label)),
            traits: keccak256(work.traits),
            codec: work.codec,
            image: work.image,
            captured: work.captured,
            deadline: work.deadline
        });
        EvolveRequest memory request;
        (request.token, request.captured, request.deadline) = (token, work.captured, work.deadline);
        request.record = bytes.concat(_recordHead(work), bytes32("hash"));
        bytes32 expected = keccak256(abi.encode(TypedData.EVOLUTION_TYPEHASH, plain));
        vm.assertEq(hashes.evolution(request, previous, digest), expected);
        vm.assertEq(hashes.evolution(plain), expected);
    }

    function testFuzzDomainDigestAndListAreHashedByTheBook(uint64 chain, bytes32 hash, bytes32[] memory items) public {
        vm.chainId(chain == 0 ? 1 : chain);
        bytes32 separator = hashes.domain();
        bytes memory fields = abi.encode(keccak256("Intaglio"), keccak256("1"), block.chainid, address(hashes));
        vm.assertEq(separator, keccak256(bytes.concat(TypedData.DOMAIN_TYPEHASH, fields)));
        vm.assertEq(hashes.digest(separator, hash), keccak256(abi.encodePacked("\x19\x01", separator, hash)));
        bytes32 list = keccak256(abi.encodePacked(items));
        vm.assertEq(hashes.vouchers(items), keccak256(abi.encode(TypedData.VOUCHERS_TYPEHASH, list)));
    }

    function _any(uint256 n, uint64 seed, bytes32 parent, uint8 by) private view returns (Work memory work) {
        work = _work(n);
        (work.seed, work.parent) = (seed, parent);
        work.evolve = by == 0 ? bytes29(0) : bytes29(uint232(by) << 224 | uint224(uint256(keccak256(abi.encode(n)))));
        if (n % 2 == 0) work.traits = TRAITS;
        if (n % 3 == 0) work.codec = 0x70;
    }
}
