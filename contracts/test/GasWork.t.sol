// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {EvolveTerms} from "../src/lib/EvolveTerms.sol";
import {Till} from "../src/Till.sol";
import {EvolutionFixture, Step} from "./EvolutionFixture.sol";
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
contract GasEvolveTest is EvolutionFixture, GasBounds {
    function testStepsOfADynamicWork() public {
        (Work memory first, uint256 token) = _mintDynamic(1, _terms(EvolveTerms.BY_ANYONE, address(0), 1_900_000_000));
        Step memory step = _plain(_firstStep(2, first, token));
        collection.evolveFirst(_record(first), _request(step));
        _measured("evolve.first", 1, EVOLVE_FIRST);
        collection.evolve(_request(_plain(_nextStep(3, step))));
        _measured("evolve.later", 1, EVOLVE_LATER);
    }

    function _plain(Step memory step) private view returns (Step memory) {
        step.work.traits = "";
        _signStep(step);
        return step;
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
