// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Records} from "../src/lib/Records.sol";
import {End, Text} from "../src/lib/Text.sol";
import {TypedData} from "../src/lib/TypedData.sol";
import {Fixture} from "./Fixture.sol";

contract Digests {
    function ofText() external view returns (bytes32) {
        return Text.sha2(End.wrap(End.unwrap(Text.start()) + 64_000));
    }

    function ofReceipt(bytes calldata record) external view returns (bytes32) {
        return TypedData.receiptHash(Records.readFirst(record));
    }
}

/// A call inside that runs out of gas leaves the caller a 64th of it, enough to go on with a wrong value. Whatever gas is given, there is the
/// right answer or none.
contract LittleGasTest is Fixture {
    Digests private digests = new Digests();

    function testATextIsHashedOrNotAtAll() public view {
        _rightOrNothing(address(digests), abi.encodeCall(Digests.ofText, ()), 60_000, 53);
    }

    function testParametersAreHashedOrNotAtAll() public view {
        bytes memory record = bytes.concat(_record(_work(1)), new bytes(64_000));
        _rightOrNothing(address(digests), abi.encodeCall(Digests.ofReceipt, (record)), 90_000, 61);
    }

    function testThePlatformsKeyIsReadOrNot() public view {
        _rightOrNothing(address(collection), abi.encodeCall(collection.platformSigner, ()), 12_000, 11);
    }

    function _rightOrNothing(address target, bytes memory data, uint256 mostGas, uint256 step) private view {
        // Little first: what a failed call has looked at is cold again.
        bytes memory first;
        for (uint256 given = 200; given < mostGas; given += step) {
            (bool ok, bytes memory answer) = target.staticcall{gas: given}(data);
            if (!ok) continue;
            if (first.length == 0) first = answer;
            vm.assertEq(answer, first);
        }
        (, bytes memory right) = target.staticcall(data);
        vm.assertEq(first, right);
    }
}
