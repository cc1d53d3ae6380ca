// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Evolution, EvolveRequest, Receipt} from "../src/Types.sol";
import {Till} from "../src/Till.sol";
import {Fixture, Work} from "./Fixture.sol";
import {GasBounds} from "./GasBounds.sol";

/// The third mint of a collection: two tokens exist already.
contract GasMintTest is Fixture, GasBounds {
    function setUp() public override {
        super.setUp();
        for (uint256 n = 100; n < 102; ++n) {
            Work memory work = _work(n);
            work.to = vm.addr(n);
            _sign(work);
            collection.mint(_packed(work));
        }
    }

    function testAMintToAFreshOwner() public {
        Work memory work = _work(1);
        vm.assertEq(bytes(work.params).length, 120);
        vm.assertEq(bytes(work.label).length, 24);
        collection.mint(_packed(work));
        _measured("mint.fresh", 1, MINT_FRESH);
    }

    function testAMintToARepeatOwner() public {
        collection.mint(_packed(_work(1)));
        collection.mint(_packed(_work(2)));
        _measured("mint.repeat", 1, MINT_REPEAT);
    }
}

/// A dynamic work that anyone may bring a signed step for: the first step, which shows the first record, and a later one.
contract GasEvolveTest is Fixture, GasBounds {
    bytes29 private constant TERMS = bytes29(uint232(1) << 224 | 1_900_000_000);

    function testStepsOfADynamicWork() public {
        Work memory first = _work(1);
        first.evolve = TERMS;
        _sign(first);
        uint256 token = collection.mint(_packed(first));
        (Work memory step, EvolveRequest memory request) = _step(2, token, bytes32(token), first);
        collection.evolveFirst(_record(first), request);
        _measured("evolve.first", 1, EVOLVE_FIRST);
        (, request) = _step(3, token, collection.headOf(token), step);
        collection.evolve(request);
        _measured("evolve.later", 1, EVOLVE_LATER);
    }

    function _step(uint256 n, uint256 token, bytes32 previous, Work memory before)
        private
        view
        returns (Work memory step, EvolveRequest memory request)
    {
        step = _work(n);
        step.parent = collection.receiptDigestOf(_receipt(before));
        Receipt memory receipt = _receipt(step);
        bytes32 digest = collection.receiptDigestOf(receipt);
        Evolution memory evolution = Evolution({
            token: token,
            previous: previous,
            receipt: digest,
            label: keccak256(bytes(step.label)),
            traits: keccak256(step.traits),
            codec: step.codec,
            image: step.image,
            captured: step.captured,
            deadline: step.deadline
        });
        request = EvolveRequest({
            token: token,
            captured: step.captured,
            deadline: step.deadline,
            terms: TERMS,
            record: bytes.concat(_recordHead(step), receipt.paramsHash),
            receiptSignature: _signature(VERSION_KEY, digest),
            evolutionSignature: _signature(PLATFORM_KEY, collection.evolutionDigestOf(evolution))
        });
    }
}

contract GasTillTest is GasBounds {
    function testADepositOfEth() public {
        Till till = new Till(vm.addr(0x0E));
        vm.deal(address(this), 1 ether);
        till.deposit{value: 0.05 ether}(keccak256("another"));
        till.deposit{value: 0.05 ether}(keccak256("account"));
        _measured("till.eth", 1, TILL_ETH);
    }
}
